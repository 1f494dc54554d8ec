export { type Deployment, type DeploymentOptions, openDeployment } from "./deployment.ts";
export { providerEnvironment } from "./environment.ts";
export { PrerequisitesError } from "./prerequisites.ts";
export { LocalSettingsError, type LocalSettings } from "./settings.ts";
