/** What is kept of an address with its time: when it was verified, and when its owner agreed or refused. */
export type AddressTime = 'verified' | 'agreed' | 'refused'

/** Epoch milliseconds by `addressTime`, of the addresses in use; a consent of which nobody has said when has none. */
export type AddressTimes = Readonly<Partial<Record<string, number>>>

/** Under which name the time stands for a channel. */
export const addressTime = (channel: string, what: AddressTime): string => `${channel} ${what}`
