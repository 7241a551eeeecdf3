import { createContext } from 'react'

/** Where a page puts its title and actions; null outside the frame, where they stay in the page. */
export interface TopBarSlots {
  readonly title: HTMLElement | null
  readonly actions: HTMLElement | null
}

export const TopBar = createContext<TopBarSlots>({ title: null, actions: null })
