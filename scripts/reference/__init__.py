"""The parts of pytorch_reference.py; read network.py first, then training.py."""
