"""Our retrieval in a LangChain chain: quotes with their labels go in, numbered sources come out.

The chat model is a scripted one, so that this runs offline; any other takes its place in one line.
Run from the repository: `python docs/examples/retriever_chain.py`.
"""

from datetime import date

from langchain_core.documents import Document
from langchain_core.language_models.fake_chat_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnablePassthrough

from assistant.langchain import PolicyRetriever

PROMPT = ChatPromptTemplate.from_template(
    "只根据下面的条款回答，每句话后面写上条款的编号；条款没有写的，回答没有写。\n\n"
    "{context}\n\n问题：{question}"
)
MODEL = FakeListChatModel(responses=["租赁商品住房落户，须连续居住登记满六个月[1]。"])


def numbered(documents: list[Document]) -> str:
    """The quotes as the model reads them."""
    return "\n\n".join(
        f"[{document.metadata['marker']}] {document.metadata['doc_number']} "
        f"{document.metadata['label']}（{document.metadata['status']}）\n{document.page_content}"
        for document in documents
    )


def main() -> None:
    """One question now, and the same question as the rules stood in 2021."""
    retriever = PolicyRetriever.from_settings(limit=3)
    worded = (
        RunnablePassthrough.assign(context=lambda given: numbered(given["documents"]))
        | PROMPT
        | MODEL
        | StrOutputParser()
    )
    chain = {
        "documents": retriever,
        "question": RunnablePassthrough(),
    } | RunnablePassthrough.assign(answer=worded)

    result = chain.invoke("租房落户要登记满几个月？")
    print(result["answer"])
    for document in result["documents"]:
        told = document.metadata
        print(f"[{told['marker']}] {told['doc_number']} {told['label']} {told['status']}")
        print(f"    {document.page_content}")
        print(f"    {told['source']['file']} {told['source']['start']}–{told['source']['end']}")

    earlier = retriever.invoke("租房落户要登记满几个月？", as_of=date(2021, 5, 1), limit=2)
    print("2021年5月1日：", "、".join(sorted({one.metadata["doc_number"] for one in earlier})))


if __name__ == "__main__":
    main()
