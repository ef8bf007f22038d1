"""The public names of the gradient check and of planted bugs: the start of the window does without."""

from nnviz.engine.check import GradientCheck, check_gradient, check_update, checking
from nnviz.engine.diagnosis import Diagnosis, diagnose
from nnviz.engine.faults import FAULTS, Fault, fault
from nnviz.engine.slopes import EPSILON, WAYS, Way

__all__ = [
    "EPSILON",
    "FAULTS",
    "WAYS",
    "Diagnosis",
    "Fault",
    "GradientCheck",
    "Way",
    "check_gradient",
    "check_update",
    "checking",
    "diagnose",
    "fault",
]
