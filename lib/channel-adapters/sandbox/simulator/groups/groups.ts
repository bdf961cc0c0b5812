import type { GatewayRequest, Reply } from "../http/replies.ts";
import { GatewayError, ok } from "../http/replies.ts";
import { compact, type JsonObject } from "../json.ts";
import { lidOf, phoneJid, pictureUrl } from "../messages/addresses.ts";
import type { Simulator } from "../simulator.ts";
import { findContact } from "../store/contacts.ts";
import type { Instance } from "../store/instances.ts";

type Participant = { id: string; phoneNumber?: string; admin: "admin" | "superadmin" | null };
type Group = { id: string; subject: string; owner: string; desc?: string; participants: Participant[] };

/** Every paired number is a member of two groups: one addressed by phone, one by hidden ids. */
function groupsOf(instance: Instance): Group[] {
  if (!instance.ownerPhone) return [];
  const byLid = (phone: string, lid: string, admin: Participant["admin"]): Participant => ({
    id: `${lid}@lid`,
    phoneNumber: phoneJid(phone),
    admin,
  });
  return [
    {
      id: "120363025246125486@g.us",
      subject: "Clientes VIP",
      owner: phoneJid("51987654321"),
      desc: "Grupo de prueba",
      participants: [
        { id: phoneJid(instance.ownerPhone), admin: "admin" },
        { id: phoneJid("51987654321"), admin: "superadmin" },
        { id: phoneJid("51955511133"), admin: null },
      ],
    },
    {
      id: "120363099990000001@g.us",
      subject: "Comunidad LID",
      owner: "185820110777001@lid",
      participants: [
        byLid(instance.ownerPhone, lidOf(instance.ownerPhone), null),
        byLid("51955511122", "185820110777001", "superadmin"),
        byLid("51955511133", "185820110777002", null),
      ],
    },
  ];
}

export function findGroup(instance: Instance, jid: string): Group | null {
  return groupsOf(instance).find((group) => group.id === jid) ?? null;
}

const CREATED_AT = 1_700_000_000;

function present(sim: Simulator, group: Group, withParticipants: boolean): JsonObject {
  return compact({
    id: group.id,
    subject: group.subject,
    subjectOwner: group.owner,
    subjectTime: CREATED_AT,
    pictureUrl: pictureUrl(sim.url(), group.id.split("@")[0] ?? ""),
    size: group.participants.length,
    creation: CREATED_AT,
    owner: group.owner,
    desc: group.desc,
    descId: group.desc ? "D1" : undefined,
    restrict: false,
    announce: false,
    isCommunity: false,
    isCommunityAnnounce: false,
    participants: withParticipants ? group.participants : undefined,
  });
}

type GroupCall = (sim: Simulator, instance: Instance, request: GatewayRequest) => Promise<Reply>;

const fetchAllGroups: GroupCall = async (sim, instance, request) => {
  const wanted = request.query.get("getParticipants");
  if (wanted === null) throw new GatewayError(400, ["The getParticipants needs to be informed in the query"]);
  if (instance.state !== "open") {
    await sim.timers.sleep(sim.timings.hangMs);
    return ok([]);
  }
  return ok(groupsOf(instance).map((group) => present(sim, group, wanted === "true")));
};

function requireGroupJid(request: GatewayRequest): string {
  const jid = request.query.get("groupJid");
  if (jid === null)
    throw new GatewayError(400, [
      "The group id needs to be informed in the query",
      'ex: "groupJid=120362@g.us"',
    ]);
  return jid;
}

const participants: GroupCall = async (sim, instance, request) => {
  const group = findGroup(instance, requireGroupJid(request));
  if (!group) throw new GatewayError(404, ["No participants", "Error: item-not-found"]);
  return ok({
    participants: group.participants.map((participant) => {
      if (participant.id === phoneJid(instance.ownerPhone ?? ""))
        return {
          ...participant,
          name: instance.profileName,
          imgUrl: pictureUrl(sim.url(), instance.ownerPhone ?? ""),
        };
      const contact = findContact(sim.db, instance.id, participant.id);
      return contact
        ? { ...participant, name: contact.pushName ?? "", imgUrl: contact.picture }
        : participant;
    }),
  });
};

const findGroupInfos: GroupCall = async (sim, instance, request) => {
  const group = findGroup(instance, requireGroupJid(request));
  if (!group) throw new GatewayError(404, ["Error fetching group", "Error: item-not-found"]);
  return ok(present(sim, group, true));
};

const inviteCode: GroupCall = async (_sim, instance, request) => {
  const group = findGroup(instance, requireGroupJid(request));
  if (!group) throw new GatewayError(404, ["No invite code", "Error: item-not-found"]);
  const code = "AbCdEfGhIjKlMnOpQrStUv";
  return ok({ inviteUrl: `https://chat.whatsapp.com/${code}`, inviteCode: code });
};

export const GROUP_CALLS: Record<string, GroupCall> = {
  fetchAllGroups,
  participants,
  findGroupInfos,
  inviteCode,
};
