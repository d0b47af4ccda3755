"""What all sessions share: the city, read once, and its geometry ready to be sent."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

import streamlit as st

from inteso_dash.boundaries import read_boundaries, read_layers
from inteso_dash.city import City, default_root, load_city
from inteso_dash.geometry_payload import encode_layer, payload_name, view_frame

GEOMETRY_PATH = "geometrie"


@dataclass(frozen=True)
class Geometry:
    """Payload of one layer of areas: its address, its bytes, and the order of its areas."""

    url: str
    body: bytes
    packed: bytes
    area_ids: tuple[str, ...]


@st.cache_resource(show_spinner=False)
def city() -> City:
    """Return the city that this server shows (`CatalogueError` if its folder is not in order)."""
    return load_city(default_root())


@st.cache_resource(show_spinner=False)
def geometries() -> dict[tuple[str, str], Geometry]:
    """Return the encoded boundaries by (level, division)."""
    here = city()
    layers = read_layers(here.root)
    frames = {}
    for key, layer in layers.items():
        areas = read_boundaries(layer).sort_values("area_id", ignore_index=True)
        names = here.areas(*key)["name"]
        areas["name"] = areas["area_id"].map(names).fillna(areas["area_id"])
        frames[key] = areas.to_crs(layer.measuring_crs)
    root = here.catalogue.root
    frame = view_frame(frames[(root.id, root.current.id)])
    encoded = {}
    for (level, division), areas in frames.items():
        body = encode_layer(areas, frame)
        name = payload_name(f"{level}-{division}", body)
        encoded[(level, division)] = Geometry(
            url=f"{GEOMETRY_PATH}/{name}",
            body=body,
            packed=gzip.compress(body, mtime=0),
            area_ids=tuple(areas["area_id"]),
        )
    return encoded
