/** The account that there is. */
export const accountUin = "100000000001";
