"""Ask with LangChain's ChatOpenAI: whole, as a stream, and in a conversation.

Start the service first (`make serve`), then run from the repository:
`python docs/examples/chat_openai.py [http://127.0.0.1:7860]`.
"""

import sys

from langchain_core.messages import HumanMessage
from langchain_openai import ChatOpenAI

SERVICE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"


def main() -> None:
    """One question, the same as a stream, then a conversation on a day of the past."""
    model = ChatOpenAI(
        base_url=f"{SERVICE}/v1",
        api_key="any, unless the service has keys",
        model="policy-assistant",
    )
    reply = model.invoke("租房落户要登记满几个月？")
    print(reply.content)
    print("完成：", reply.response_metadata["finish_reason"])

    for chunk in model.stream("租房落户要登记满几个月？"):
        print(chunk.content, end="", flush=True)
    print()

    talk = [HumanMessage("我租的是嘉兴城镇的商品住房，能落户吗")]
    talk += [model.invoke(talk), HumanMessage("七个月")]
    print(str(model.invoke(talk).content).splitlines()[0])

    then = model.bind(extra_body={"as_of": "2021-05-01"})
    print(str(then.invoke("租房落户要住满多久？").content).splitlines()[0])


if __name__ == "__main__":
    main()
