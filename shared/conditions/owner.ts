import type { LocalText } from '../text.ts'

/** What is known of a customer by who has them: attributes that nobody writes, by the name that conditions and texts ask for. */
export const ownerNames = {
  owner: { 'zh-CN': '归属员工（工号）', en: 'owner (staff number)' },
  owner_name: { 'zh-CN': '归属员工姓名', en: 'owner’s name' },
  owner_phone: { 'zh-CN': '归属员工电话', en: 'owner’s phone' },
  owner_team: { 'zh-CN': '归属团队（编号）', en: 'owner’s team (key)' },
} as const satisfies Record<string, LocalText>
export type OwnerName = keyof typeof ownerNames

export const isOwnerName = (name: string): name is OwnerName => Object.hasOwn(ownerNames, name)
export const ownerNameList = Object.keys(ownerNames).filter(isOwnerName)
