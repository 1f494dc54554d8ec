export {
  type Deployment,
  type DeploymentOptions,
  type LocalDeploymentOptions,
  openDeployment,
  type SettingsSource,
} from "./deployment.ts";
export { providerEnvironment } from "./environment.ts";
export { PrerequisitesError } from "./prerequisites.ts";
export { providerAvailable } from "./provider-available.ts";
export { LocalSettingsError, type LocalSettings } from "./settings.ts";
