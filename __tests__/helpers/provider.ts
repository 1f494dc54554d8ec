import { providerAvailable } from "../../packages/deployment/src/provider-available";

/** Whether Terraform is here and gets the provider the way it is configured to; where not, the tests say so. */
export const hasProvider = providerAvailable();
if (!hasProvider) console.warn("not run: provider not available");
