"""What runs a trained model when it answers: torch, or ONNX Runtime, which starts without torch."""
