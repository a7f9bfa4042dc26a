"""An encoder that knows the language of statements: pre-training gone on with, on anyone's archive of texts."""
