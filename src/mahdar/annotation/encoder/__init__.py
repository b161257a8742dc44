"""Contextual vectors of words, by a small pretrained encoder tuned to what Mahdar looks for."""

from mahdar.annotation.encoder.encoder import Encoder, load_encoder
from mahdar.annotation.encoder.states import WordStates, states_of

__all__ = ["Encoder", "WordStates", "load_encoder", "states_of"]
