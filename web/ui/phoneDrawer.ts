import { createStore } from 'zustand/vanilla'

/** Whose messages the phone shows. */
export interface PhoneOwner {
  readonly id: string
  readonly name: string | null
}

/** The on-screen phone: whether it is open, whose it is (null: everyone's), and what came while it was shut. */
export const phoneDrawer = createStore<{ open: boolean; owner: PhoneOwner | null; unread: number }>()(() => ({
  open: false,
  owner: null,
  unread: 0,
}))

/** Opens the phone of one customer, or everyone's. */
export function openPhone(owner: PhoneOwner | null = null): void {
  phoneDrawer.setState({ open: true, owner, unread: 0 })
}

export function closePhone(): void {
  phoneDrawer.setState({ open: false })
}

/** Notes that messages came; they are unread while the phone is shut. */
export function noteArrivals(added: number): void {
  phoneDrawer.setState((state) => (state.open ? state : { unread: state.unread + added }))
}
