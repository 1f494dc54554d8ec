import { filter, ids, noFilter, type Provocations, tooLong } from "./provocation.ts";

const Content = Buffer.from("true").toString("base64");
const command = { Content, InstanceIds: ["ins-aaaaaaaa"] };
const resource = "qcs::cvm:ap-singapore:uin/:instance/ins-aaaaaaaa";
const replace = (TagKey: string, TagValue: string) => ({ Resource: resource, ReplaceTags: [{ TagKey, TagValue }] });

/** What is refused of tags that are set later, of commands on instances, and of who one is. */
export const operationsProvocations: Provocations = {
  "tag:ModifyResourceTags": {
    "InvalidParameter.ReservedTagKey": replace("qcloud", "v"),
    "InvalidParameter.Tag": {
      Resource: resource,
      ReplaceTags: ["v", "w"].map((TagValue) => ({ TagKey: "k", TagValue })),
    },
    "InvalidParameterValue.DeleteTagsParamError": { ...replace("k", "v"), DeleteTags: [{ TagKey: "k" }] },
    "InvalidParameterValue.ResourceDescriptionError": { Resource: "x" },
    "InvalidParameterValue.TagKeyEmpty": replace("", "v"),
    "InvalidParameterValue.TagKeyLengthExceeded": replace(tooLong, "v"),
    "InvalidParameterValue.TagValueLengthExceeded": replace("k", tooLong + tooLong),
    "LimitExceeded.ResourceAttachedTags": {
      Resource: resource,
      ReplaceTags: Array.from({ length: 51 }, (_, index) => ({ TagKey: `k${index}`, TagValue: "v" })),
    },
  },
  "tag:DescribeResourceTagsByResourceIds": {},
  "sts:GetCallerIdentity": {},
  "tat:RunCommand": {
    InvalidParameter: { ...command, Timeout: "x" },
    InvalidParameterValue: { ...command, CommandType: "PYTHON" },
    "InvalidParameterValue.AgentUnsupportedCommandType": { ...command, CommandType: "BAT" },
    "InvalidParameterValue.CommandContentInvalid": { ...command, Content: "no base64" },
    "InvalidParameterValue.InvalidCommandName": { ...command, CommandName: "?" },
    "InvalidParameterValue.InvalidInstanceId": { ...command, InstanceIds: ["x"] },
    "InvalidParameterValue.InvalidUsername": { ...command, Username: "?" },
    "InvalidParameterValue.InvalidWorkingDirectory": { ...command, WorkingDirectory: "x" },
    "InvalidParameterValue.LimitExceeded": { ...command, InstanceIds: ids("ins", 201) },
    "InvalidParameterValue.Range": { ...command, Timeout: 0 },
    "InvalidParameterValue.TooLong": { ...command, Description: tooLong },
    MissingParameter: { Content },
    "ResourceNotFound.InstanceNotFound": { ...command, InstanceIds: ["ins-99999999"] },
    "ResourceUnavailable.AgentNotInstalled": (world) => {
      world.agents.statuses.set("ins-aaaaaaaa", "not installed");
      return command;
    },
    "ResourceUnavailable.AgentStatusNotOnline": (world) => {
      world.agents.statuses.set("ins-aaaaaaaa", "offline");
      return command;
    },
    "ResourceUnavailable.InstanceStateNotRunning": (world) => ({
      ...command,
      InstanceIds: [world.instance({ instanceState: "STOPPED" })],
    }),
  },
  "tat:DescribeInvocations": {
    InvalidParameter: { InvocationIds: 1 },
    "InvalidParameter.ConflictParameter": { InvocationIds: ids("inv", 1), ...filter("command-id", "x") },
    "InvalidParameterValue.InvalidFilter": noFilter,
    "InvalidParameterValue.InvalidInvocationId": { InvocationIds: ["x"] },
    "InvalidParameterValue.LimitExceeded": { Limit: 101 },
    "LimitExceeded.FilterValueExceeded": filter("command-id", ...ids("cmd", 6)),
  },
  "tat:DescribeInvocationTasks": {
    InvalidParameter: { InvocationTaskIds: 1 },
    "InvalidParameter.ConflictParameter": { InvocationTaskIds: ids("invt", 1), ...filter("command-id", "x") },
    InvalidParameterValue: { Limit: 101 },
    "InvalidParameterValue.InvalidFilter": noFilter,
    "InvalidParameterValue.InvalidInvocationTaskId": { InvocationTaskIds: ["x"] },
  },
  "tat:DescribeAutomationAgentStatus": {
    InvalidParameter: { InstanceIds: 1 },
    "InvalidParameter.ConflictParameter": { InstanceIds: ids("ins", 1), ...filter("environment", "Linux") },
    "InvalidParameterValue.InvalidFilter": noFilter,
    "InvalidParameterValue.InvalidInstanceId": { InstanceIds: ["x"] },
    "InvalidParameterValue.LimitExceeded": { Limit: 101 },
  },
};
