# 常用命令都在这里；make help 列出各项。
SHELL := /bin/bash
PORT ?= 7860
HOST ?= 127.0.0.1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST_WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install serve test test-browser check fix corpus eval eval-gate peers bench bench-pages docs lock clean

help: ## 列出这些命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	@echo "正在安装锁定的依赖，约几分钟，中间没有输出；只在第一次，或依赖变了以后。"
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

install: $(STAMP) ## 建立虚拟环境，安装锁定的依赖

serve: install ## 建好索引并启动服务（PORT=7860）
	$(BIN)/assistant serve --host $(HOST) --port $(PORT)

test: install ## 运行全部测试（不联网）
	$(BIN)/python -m pytest -q -n $(PYTEST_WORKERS) -m "not browser" tests

test-browser: install ## 在真实浏览器里测试页面（需要系统的 chromium）
	$(BIN)/python -m pytest -q -m browser tests/browser

check: install ## 格式、静态检查、类型、依赖方向、语料
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/assistant corpus

fix: install ## 自动修正格式
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

corpus: install ## 校验清单、原文、规则与引文
	$(BIN)/assistant corpus

eval: install ## 评测：跑全部题目，打印指标，结果写到 var/eval
	$(BIN)/assistant eval run

eval-gate: install ## 把关：全部题目的指标有一项越过 eval/thresholds.yaml 就失败
	$(BIN)/assistant eval gate

peers: install ## 与 LangChain、LlamaIndex、Haystack 对照（另装环境），更新 docs/evaluation.md
	$(BIN)/python -m eval.peers.compare
	$(BIN)/assistant eval docs

bench: install ## 计时：答复、检索、规则
	$(BIN)/python -m eval.benchmarks.run

bench-pages: install ## 计时：在真实浏览器里，从按下回车到看见答复
	$(BIN)/python -m eval.benchmarks.pages

docs: install ## 生成 docs/rules.md（规则总表）与 docs/transcripts.md（六个人的对话）
	$(BIN)/python -m eval.rules_table docs/rules.md
	$(BIN)/python -m eval.persons docs/transcripts.md

lock: ## 重新锁定依赖（需要 uv；用 CPU 版 torch 解析）
	@command -v uv >/dev/null || { echo "没有 uv，请先安装：pip install uv" >&2; exit 1; }
	sed -i -E 's/^torch==([0-9.]+)$$/torch==\1+cpu/' requirements.lock  # uv keeps what the lock names
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --no-header --quiet \
	  $$(links=$$(pip config get global.find-links 2>/dev/null) && echo --find-links $$links) -o requirements.lock
	sed -i -E 's/^torch==([0-9.]+)\+cpu/torch==\1/' requirements.lock

clean: ## 删除虚拟环境与索引
	rm -rf $(VENV) var/index  # not the database: conversations cannot be made again
