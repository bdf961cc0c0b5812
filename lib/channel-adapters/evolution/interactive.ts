/** Buttons, lists, templates, orders and their answers (CONTRACT §13.2). */
import type { MessageContent } from "#lib/channel-adapters/contract.ts";
import { defined } from "./defined.ts";
import * as shape from "./payloads.ts";
import { isObject, type JsonObject, read, readAll } from "./wire-values.ts";

type Interactive = Extract<MessageContent, { type: "interactive" }>;
type Option = { id: string; title: string; description?: string };
type Reader = (value: unknown) => Interactive | undefined;

const READERS: Record<string, Reader> = {
  buttonsResponseMessage(value) {
    const answer = read(shape.ButtonsResponse, value);
    return answer && reply(answer.selectedDisplayText, answer.selectedButtonId);
  },
  templateButtonReplyMessage(value) {
    const answer = read(shape.TemplateButtonReply, value);
    return answer && reply(answer.selectedDisplayText, answer.selectedId);
  },
  listResponseMessage(value) {
    const answer = read(shape.ListResponse, value);
    return answer && reply(answer.title, read(shape.ListReply, answer.singleSelectReply)?.selectedRowId);
  },
  interactiveResponseMessage(value) {
    const answer = read(shape.InteractiveResponse, value);
    if (!answer) return undefined;
    const flow = read(shape.NativeFlowResponse, answer.nativeFlowResponseMessage);
    const params = flowParams(flow?.paramsJson);
    const text = read(shape.TextBlock, answer.body)?.text;
    return reply(text ?? params?.display_text ?? params?.title, params?.id);
  },
  templateMessage(value) {
    const template = read(shape.TemplateContent, value);
    if (!template) return undefined;
    if (template.interactiveMessageTemplate)
      return readInteractiveMessage(template.interactiveMessageTemplate);
    const content = read(
      shape.HydratedTemplate,
      template.hydratedTemplate ?? template.hydratedFourRowTemplate,
    );
    return defined({
      type: "interactive",
      kind: "template",
      text: content?.hydratedContentText ?? "",
      title: content?.hydratedTitleText,
      footer: content?.hydratedFooterText,
      options: filled(readAll(shape.HydratedButton, content?.hydratedButtons).flatMap(hydratedOption)),
    });
  },
  buttonsMessage(value) {
    const content = read(shape.ButtonsContent, value);
    if (!content) return undefined;
    const options = readAll(shape.Button, content.buttons).flatMap((button) => {
      const title = read(shape.ButtonText, button.buttonText)?.displayText;
      return title ? [{ id: button.buttonId ?? title, title }] : [];
    });
    return defined({
      type: "interactive",
      kind: "buttons",
      text: content.contentText ?? "",
      title: content.text,
      footer: content.footerText,
      options: filled(options),
    });
  },
  interactiveMessage: readInteractiveMessage,
  listMessage(value) {
    const content = read(shape.ListContent, value);
    return (
      content &&
      defined({
        type: "interactive",
        kind: "list",
        text: content.description ?? "",
        title: content.title,
        footer: content.footerText,
        options: filled(sectionOptions(content.sections)),
      })
    );
  },
  orderMessage(value) {
    const order = read(shape.OrderContent, value);
    return (
      order &&
      defined({
        type: "interactive",
        kind: "order",
        text: order.message ?? "",
        title: order.orderTitle,
        footer: price(order.totalAmount1000, order.totalCurrencyCode),
      })
    );
  },
  productMessage(value) {
    const content = read(shape.ProductContent, value);
    const product = read(shape.Product, content?.product);
    if (!content || !product) return undefined;
    const title = product.title ?? "";
    return defined({
      type: "interactive",
      kind: "product",
      text: title,
      title: content.body,
      footer: price(product.priceAmount1000, product.currencyCode),
      options: product.productId
        ? [defined({ id: product.productId, title, description: product.description })]
        : undefined,
    });
  },
  groupInviteMessage(value) {
    const invite = read(shape.InviteContent, value);
    return (
      invite &&
      defined({
        type: "interactive",
        kind: "invite",
        text: invite.caption ?? invite.groupName ?? "",
        title: invite.groupName,
      })
    );
  },
  /** The start has no field of its own with us: it is the option with the id `start`, as ISO time. */
  eventMessage(value) {
    const event = read(shape.EventContent, value);
    if (!event) return undefined;
    const start = new Date((event.startTime ?? Number.NaN) * 1000);
    return defined({
      type: "interactive",
      kind: "event",
      text: event.name ?? "",
      footer: event.description,
      options: Number.isNaN(start.getTime()) ? undefined : [{ id: "start", title: start.toISOString() }],
    });
  },
};

export function readInteractive(type: string, value: unknown): Interactive | undefined {
  return Object.hasOwn(READERS, type) ? READERS[type]?.(value) : undefined;
}

function reply(text: string | undefined, choiceId: string | undefined): Interactive {
  return defined({ type: "interactive", kind: "reply", text: text ?? "", choiceId });
}

function readInteractiveMessage(value: unknown): Interactive | undefined {
  const content = read(shape.InteractiveContent, value);
  if (!content) return undefined;
  const buttons = readAll(shape.NativeFlowButton, read(shape.NativeFlow, content.nativeFlowMessage)?.buttons);
  const options = buttons.flatMap((button) => {
    const params = flowParams(button.buttonParamsJson);
    if (params?.sections) return sectionOptions(params.sections);
    const title = params?.display_text ?? params?.title;
    return title ? [defined({ id: params?.id ?? title, title, description: params?.url })] : [];
  });
  return defined({
    type: "interactive",
    kind: buttons.some((button) => button.name === "single_select") ? "list" : "buttons",
    text: read(shape.TextBlock, content.body)?.text ?? "",
    title: read(shape.TextBlock, content.header)?.title,
    footer: read(shape.TextBlock, content.footer)?.text,
    options: filled(options),
  });
}

function hydratedOption(button: {
  quickReplyButton?: JsonObject | undefined;
  urlButton?: JsonObject | undefined;
  callButton?: JsonObject | undefined;
}): Option[] {
  const action = read(shape.HydratedAction, button.quickReplyButton ?? button.urlButton ?? button.callButton);
  if (!action?.displayText) return [];
  const description = action.url ?? action.phoneNumber;
  return [defined({ id: action.id ?? action.displayText, title: action.displayText, description })];
}

function sectionOptions(sections: readonly unknown[] | undefined): Option[] {
  const rows = readAll(shape.ListSection, sections).flatMap((section) =>
    readAll(shape.ListRow, section.rows),
  );
  return rows.flatMap((row) => {
    const title = row.title ?? row.rowId ?? row.id;
    return title ? [defined({ id: row.rowId ?? row.id ?? title, title, description: row.description })] : [];
  });
}

/** Buttons carry their settings as JSON inside a string. */
function flowParams(json: string | undefined) {
  if (!json || json.length > 64 * 1024) return undefined;
  try {
    const params: unknown = JSON.parse(json);
    return isObject(params) ? read(shape.FlowParams, params) : undefined;
  } catch {
    return undefined;
  }
}

function filled<T>(options: T[]): T[] | undefined {
  return options.length > 0 ? options : undefined;
}

/** Amounts are thousandths. */
function price(thousandths: number | undefined, currency: string | undefined): string | undefined {
  if (thousandths === undefined || !currency) return undefined;
  return `${currency} ${(thousandths / 1000).toFixed(2)}`;
}
