/** How many times as long as usual the tests of chance and of kills go on: 1, or what `npm run soak` sets. */
export const soak = Number(process.env.MAGPIE_SOAK ?? 1)
