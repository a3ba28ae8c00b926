"""The parts of pytorch_reference.py; network.py is the one to read first."""
