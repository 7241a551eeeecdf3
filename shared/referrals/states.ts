/**
 * How an invitation stands. `waiting`: the invited has come in and has yet to buy; `due`: both are to be rewarded;
 * `held`: a person has to look at it; `refused`: it does not count.
 */
export const referralStates = ['waiting', 'due', 'rewarded', 'held', 'refused'] as const
export type ReferralState = (typeof referralStates)[number]

/** Why an invitation is held or does not count. */
export const referralReasons = ['self', 'circle', 'known', 'by_person'] as const
export type ReferralReason = (typeof referralReasons)[number]

/** For what somebody is rewarded. */
export const rewardRoles = ['invited', 'inviter', 'tier'] as const
export type RewardRole = (typeof rewardRoles)[number]

/** Why a reward lacks its coupon. */
export const rewardLacks = ['none_left', 'has_enough', 'over', 'unknown'] as const
export type RewardLack = (typeof rewardLacks)[number]

/** Whoever invited whom may go round in a circle of so many. */
export const longestCircle = 50
