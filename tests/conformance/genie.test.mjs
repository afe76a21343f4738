// What the official SDK makes of the simulator. Started by ConformanceTests in GenieLoad.Engine.Tests; see README.md.
import assert from "node:assert/strict";
import https from "node:https";
import net from "node:net";
import test from "node:test";
import sdk from "@databricks/sdk-experimental";

const { ApiError, Time, TimeUnits, WorkspaceClient } = sdk;

// { answering: { port, token, space }, failing: { ... }, throttling: { ... } }
const simulators = JSON.parse(process.env.GENIELOAD_SIMULATORS);
const patience = new Time(2, TimeUnits.minutes);

// The SDK calls https://host without a port, whatever it is given. This agent opens the simulator's port without TLS instead.
function clientOf({ port, token }) {
  const agent = new https.Agent({ keepAlive: false });
  agent.createConnection = () => net.connect(port, "127.0.0.1");
  return new WorkspaceClient({ host: "https://genie.simulated", token, authType: "pat" }, { agent });
}

test("a conversation is started and waited for", async () => {
  const { answering } = simulators;
  const genie = clientOf(answering).genie;
  const statuses = [];
  const started = await genie.startConversation({ space_id: answering.space, content: "What is the revenue by region?" });
  assert.equal(started.message.content, "What is the revenue by region?");
  assert.equal(started.conversation.conversation_id, started.conversation_id);
  const message = await started.wait({ timeout: patience, onProgress: async (poll) => void statuses.push(poll.status) });

  assert.equal(message.status, "COMPLETED");
  assert.equal(message.message_id, started.message_id);
  assert.equal(statuses.at(-1), "COMPLETED");
  const query = message.attachments.find((attachment) => attachment.query);
  assert.match(query.query.query, /^SELECT/);
  assert.equal(query.query.query_result_metadata.row_count, 10);
  assert.ok(message.attachments.some((attachment) => attachment.text?.content));
  assert.ok(message.attachments.some((attachment) => attachment.suggested_questions?.questions.length > 0));
  assert.ok(message.last_updated_timestamp > message.created_timestamp);
});

test("a follow-up is answered in the same conversation, and both are listed", async () => {
  const { answering } = simulators;
  const genie = clientOf(answering).genie;
  const started = await genie.startConversation({ space_id: answering.space, content: "How many orders are open?" });
  await started.wait({ timeout: patience });
  const followUp = await genie.createMessage({
    space_id: answering.space, conversation_id: started.conversation_id, content: "And last year?",
  });
  const message = await followUp.wait({ timeout: patience });
  assert.equal(message.status, "COMPLETED");
  assert.equal(message.conversation_id, started.conversation_id);
  assert.notEqual(message.message_id, started.message_id);

  const { messages } = await genie.listConversationMessages({
    space_id: answering.space, conversation_id: started.conversation_id,
  });
  assert.deepEqual(messages.map((item) => item.content), ["And last year?", "How many orders are open?"]);
  const { conversations } = await genie.listConversations({ space_id: answering.space });
  assert.ok(conversations.some((item) => item.conversation_id === started.conversation_id));
});

test("the result of the query attachment is fetched", async () => {
  const { answering } = simulators;
  const genie = clientOf(answering).genie;
  const started = await genie.startConversation({ space_id: answering.space, content: "Which stores sold most?" });
  const message = await started.wait({ timeout: patience });
  const attachment = message.attachments.find((item) => item.query);
  const where = {
    space_id: answering.space,
    conversation_id: message.conversation_id,
    message_id: message.message_id,
    attachment_id: attachment.attachment_id,
  };
  const { statement_response: result } = await genie.getMessageAttachmentQueryResult(where);
  assert.equal(result.status.state, "SUCCEEDED");
  assert.equal(result.statement_id, attachment.query.statement_id);
  assert.equal(result.manifest.total_row_count, 10);
  assert.equal(result.manifest.schema.column_count, result.manifest.schema.columns.length);
  assert.equal(result.result.data_array.length, 10);

  const { statement_response: again } = await genie.executeMessageAttachmentQuery(where);
  assert.equal(again.status.state, "PENDING");
  await genie.sendMessageFeedback({ ...where, rating: "POSITIVE" });
  await genie.deleteConversation({ space_id: answering.space, conversation_id: message.conversation_id });
  await assert.rejects(genie.getMessage(where), (error) => error instanceof ApiError && error.statusCode === 404);
});

test("spaces are listed and got", async () => {
  const { answering } = simulators;
  const genie = clientOf(answering).genie;
  const { spaces } = await genie.listSpaces({});
  assert.deepEqual(spaces.map((space) => space.space_id), [answering.space]);
  const space = await genie.getSpace({ space_id: answering.space });
  assert.equal(space.title, spaces[0].title);
  assert.ok(space.warehouse_id);
});

test("an API error surfaces as the SDK's own type", async () => {
  const { answering } = simulators;
  await assert.rejects(
    clientOf(answering).genie.getSpace({ space_id: "no-such-space" }),
    (error) => error instanceof ApiError && error.statusCode === 404 && /no-such-space/.test(error.message));
  await assert.rejects(
    clientOf({ ...answering, token: "wrong" }).genie.getSpace({ space_id: answering.space }),
    (error) => error instanceof ApiError && error.statusCode === 401);
  await assert.rejects(
    clientOf(answering).genie.startConversation({ space_id: answering.space, content: "" }),
    (error) => error instanceof ApiError && error.statusCode === 400);
});

test("a failed message ends the SDK's wait", async () => {
  const { failing } = simulators;
  const started = await clientOf(failing).genie.startConversation({ space_id: failing.space, content: "Will this fail?" });
  await assert.rejects(started.wait({ timeout: patience }), /got FAILED/);
});

test("the SDK takes a 429 for what it is and comes again", async () => {
  const { throttling } = simulators;
  const genie = clientOf(throttling).genie;
  const first = await genie.startConversation({ space_id: throttling.space, content: "First?" });
  const second = await genie.startConversation({ space_id: throttling.space, content: "Second?" });
  assert.notEqual(first.message_id, second.message_id);
});
