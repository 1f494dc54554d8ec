import { CloudError } from "../../../api/errors.ts";
import { integer, object, string } from "../../../api/parameters.ts";
import { defineAction } from "../service.ts";
import { checkIdle, getDisk } from "./checks.ts";
import { wrongSize } from "./limits.ts";
import { startDiskOperation } from "./operation.ts";
import { isPortable } from "./state.ts";

/** Makes an elastic disk larger, while its instance runs; asynchronous: it is EXPANDING, then what it was. */
export const resizeDisk = defineAction(
  "ResizeDisk",
  object({ DiskId: string, DiskSize: integer }),
  (core, { DiskId, DiskSize }, requestId) => {
    const disk = getDisk(core, DiskId);
    const before = disk.diskState;
    if (!isPortable(disk)) {
      throw new CloudError("InvalidDisk.NotSupported", `\`${DiskId}\` is no elastic disk: use ResizeInstanceDisks.`);
    }
    checkIdle(disk, "InvalidDisk.Busy");
    if (before === "TORECYCLE") throw new CloudError("InvalidDisk.Expire", `The disk \`${DiskId}\` was given back.`);
    const wrong = wrongSize(disk.diskType, DiskSize);
    if (wrong !== undefined) throw new CloudError("InvalidParameterValue", wrong);
    if (DiskSize <= disk.diskSize) {
      throw new CloudError(
        "InvalidParameterValue",
        `The value of \`DiskSize\` must be larger than the ${disk.diskSize} GB that \`${DiskId}\` has, got ${DiskSize}.`,
      );
    }
    startDiskOperation(core, [disk], {
      action: "ResizeDisk",
      requestId,
      meanwhile: "EXPANDING",
      commit: (expanded) => {
        expanded.diskSize = DiskSize;
        expanded.diskState = before;
      },
    });
    return {};
  },
);
