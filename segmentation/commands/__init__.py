"""What the command line can do, a room for each command."""

from segmentation.commands.assign import assign_customers
from segmentation.commands.describe import describe
from segmentation.commands.segment import segment
from segmentation.commands.studies import studies
from segmentation.commands.sweep import sweep

__all__ = ["assign_customers", "describe", "segment", "studies", "sweep"]
