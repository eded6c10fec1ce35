"""The suite's models as keras_impl says them."""
