"""Writing what was learnt as a folder that sentence-transformers and the assistant both read."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.retrieval.encoder import PROVENANCE_FILE
from eval.training.examples import UNKNOWN

_MODULE = {
    "idx": 0,
    "name": "0",
    "path": "",
    "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
}
_CONFIG = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}

_CARD = """# 随附的嵌入模型

字符一元、二元片段的静态向量，由 `eval/training` 训练，来历见 `{provenance}`，取舍见
`docs/adr/0002-shipped-embedder.md`。只学过公开的法律条文、本仓库的通知与口语词典，没有学过任何问题集。

It is a plain sentence-transformers `StaticEmbedding`, but it reads n-grams, not sentences: pass
every text, question or clause, through `assistant.retrieval.tokens.ngram_text` first. Raw text
becomes one unknown token, and its vector is zero. Within the assistant, `load_encoder()` does so.

```python
from sentence_transformers import SentenceTransformer
from assistant.retrieval.tokens import ngram_text

model = SentenceTransformer("assistant/retrieval/embedder")
model.encode([ngram_text("租房满半年能落户吗")], normalize_embeddings=True)
```

| | |
| --- | --- |
| n-grams | {rows} |
| dimensions | {dimension} |
| stored as | int8, with one float32 scale per row |
"""


def write_folder(
    target: Path,
    index: Mapping[str, int],
    matrix: npt.NDArray[np.float32],
    provenance: Mapping[str, object],
) -> None:
    """Only stock parts, so that no code need be trusted: a word-level tokenizer and a matrix."""
    target.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel(dict(index), unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    (target / "tokenizer.json").write_text(tokenizer.to_str() + "\n", encoding="utf-8")
    (target / "model.safetensors").write_bytes(save(quantize(matrix)))
    _write_json(target / "modules.json", [_MODULE])
    _write_json(target / "config_sentence_transformers.json", _CONFIG)
    _write_json(target / PROVENANCE_FILE, provenance)
    rows, dimension = matrix.shape
    card = _CARD.format(provenance=PROVENANCE_FILE, rows=rows, dimension=dimension)
    (target / "README.md").write_text(card, encoding="utf-8")


def quantize(matrix: npt.NDArray[np.float32]) -> dict[str, npt.NDArray[np.generic]]:
    """Each row as whole numbers up to 127, and the scale that gives its values back."""
    scales = np.maximum(np.abs(matrix).max(axis=1), np.float32(1e-12)) / np.float32(127)
    whole = np.rint(matrix / scales[:, np.newaxis]).astype(np.int8)
    return {"embeddings": whole, "weights": scales.astype(np.float32)}


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
