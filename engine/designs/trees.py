"""The type of what stands in a file of a design while it is looked at or changed."""

from typing import TypeAlias

from lxml import etree

#: An element of XML.
Node: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]  # the stubs of lxml call it so
