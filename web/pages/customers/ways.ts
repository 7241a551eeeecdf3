/** By which way something is known of an address, as the words tell it. */
export const wayOf = (way: string | null) =>
  way === 'reply' || way === 'link' || way === 'report' || way === 'person' || way === 'file' ? way : 'other'
