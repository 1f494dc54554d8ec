// For the tests of other packages, which import it from here.
export { providerAvailable } from "../src/provider-available.ts";
