"""The stages of dvc.yaml: each file one typed ``run(config, inputs, outputs)`` around pure functions."""
