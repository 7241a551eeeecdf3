import type { ComponentType } from 'react'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { AddressesPanel } from './Addresses.tsx'
import { Coupons } from './Coupons.tsx'
import { Enrollments } from './Enrollments.tsx'
import { EraseButton } from './Erase.tsx'
import { IdentifiersPanel } from './identity/IdentifiersPanel.tsx'
import { Messages } from './Messages.tsx'
import { Orders } from './Orders.tsx'
import { OwnersPanel } from './owners/OwnersPanel.tsx'
import { PicksPanel } from './Picks.tsx'
import { Points } from './Points.tsx'
import { GroupsPanel, ProfilePanel } from './Profile.tsx'
import { ScoresPanel } from './Scores.tsx'
import { StoryTab } from './StoryTab.tsx'
import { Visits } from './Visits.tsx'

/** What each part of the page is given: all that the server has told of the customer. */
export interface PartProps {
  readonly data: CustomerAnswer
}

/** A part of the page; one that has nothing to say of the customer draws nothing. */
export type Part = ComponentType<PartProps>

/** Parts of the head, beneath the name, in this order. */
export const headParts: Readonly<Record<string, Part>> = {}

/** Panels beside the tabs, in this order. */
export const sidePanels: Readonly<Record<string, Part>> = {
  owner: OwnersPanel,
  profile: ProfilePanel,
  addresses: AddressesPanel,
  identifiers: IdentifiersPanel,
  scores: ScoresPanel,
  picks: PicksPanel,
  groups: GroupsPanel,
  journeys: Enrollments,
  erase: EraseButton,
}

/** The tabs, by the key under which `tabs` of the words says them; with how many there are of what one shows. */
export const tabs = {
  story: { Tab: StoryTab, count: null },
  orders: { Tab: Orders, count: ({ totals }: CustomerAnswer) => totals.orders },
  messages: { Tab: Messages, count: ({ counts }: CustomerAnswer) => counts.messages },
  coupons: { Tab: Coupons, count: null },
  points: { Tab: Points, count: null },
  visits: { Tab: Visits, count: ({ counts }: CustomerAnswer) => counts.visits },
} as const satisfies Readonly<
  Record<string, { readonly Tab: Part; readonly count: ((data: CustomerAnswer) => number) | null }>
>
export type TabKey = keyof typeof tabs
