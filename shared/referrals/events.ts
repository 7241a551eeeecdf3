/** What waits, exits, goals, journeys and conditions hear of invitations; each is an event that is kept as any other. */
export const referralEvents = {
  /** Of the inviter: somebody has come in by their link. */
  invited: 'referral_invited',
  /** Of the invited. */
  joined: 'referral_joined',
  /** Of whoever has been rewarded. */
  rewarded: 'referral_rewarded',
  /** Of the inviter: a person has to look at it. */
  held: 'referral_held',
} as const

const names: readonly string[] = Object.values(referralEvents)

/** Whether an event is of an invitation, and so known whether or not one has come. */
export const isReferralEvent = (name: string): boolean => names.includes(name)
