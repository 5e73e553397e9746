"""Ask with the official OpenAI client: whole, as a stream, in a conversation, and wrongly.

Start the service first (`make serve`), then run from the repository:
`python docs/examples/openai_client.py [http://127.0.0.1:7860]`.
"""

import sys

import openai

SERVICE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"
MODEL = "policy-assistant"


def main() -> None:
    """Four ways to ask."""
    client = openai.OpenAI(base_url=f"{SERVICE}/v1", api_key="any, unless the service has keys")

    print("== 整个的")
    question = {"role": "user", "content": "租房落户要登记满几个月？"}
    completion = client.chat.completions.create(model=MODEL, messages=[question])
    message = completion.choices[0].message
    print(message.content)
    for citation in message.policy_answer["citations"]:
        print("依据：", citation["doc_number"], citation["label"], citation["status"])

    print("== 边写边发")
    stream = client.chat.completions.create(model=MODEL, messages=[question], stream=True)
    for chunk in stream:
        delta = chunk.choices[0].delta
        print(delta.content or "", end="", flush=True)
        if chunk.choices[0].finish_reason:
            print("\n引文数：", len(delta.policy_answer["citations"]))

    print("== 一次对话")
    messages = []
    for said in ("我租的是嘉兴城镇的商品住房，能落户吗", "七个月"):
        messages.append({"role": "user", "content": said})
        completion = client.chat.completions.create(
            model=MODEL, messages=messages, extra_body={"jurisdiction": "嘉兴市"}
        )
        message = completion.choices[0].message
        messages.append({"role": "assistant", "content": message.content})
        outcomes = [verdict["outcome"] for verdict in message.policy_answer["verdicts"]]
        print(said, "→", message.policy_answer["kind"], outcomes)

    print("== 问得不对")
    picture = [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]
    try:
        client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": picture}])
    except openai.BadRequestError as error:
        print(error.status_code, error.body["message"])


if __name__ == "__main__":
    main()
