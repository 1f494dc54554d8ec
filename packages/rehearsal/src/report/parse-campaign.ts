import { CAMPAIGN_FORMAT, type CampaignRecord } from "./run-record.ts";

/**
 * Reads the JSON of a campaign.
 *
 * @throws where it is no campaign's, or in another format than this version's; the message is a clause about it
 */
export function parseCampaign(text: string): CampaignRecord {
  const campaign = parseJson(text) as Partial<CampaignRecord> | null;
  if (typeof campaign?.format !== "number" || !Array.isArray(campaign.runs))
    throw new Error("it is JSON, but not of a campaign");
  if (campaign.format !== CAMPAIGN_FORMAT || campaign.conditions === undefined)
    throw new Error(`it is in format ${campaign.format}, and this version reads format ${CAMPAIGN_FORMAT} only`);
  return campaign as CampaignRecord;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
