import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { BrandSummary, SystemAnswer } from '../../shared/api/system.ts'
import type { WrittenText } from '../../shared/text.ts'
import { chosenBrand } from './brand.ts'

/** What the installation is, known before any page is shown. */
export const System = createContext<SystemAnswer | null>(null)

export function useSystem(): SystemAnswer {
  const system = useContext(System)
  if (!system) throw new Error('useSystem is used outside the frame of the application')
  return system
}

/** The brand that the address names; undefined where this installation has none of that id. */
export function useBrand(): BrandSummary | undefined {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useSystem().brands.find(({ id }) => id === brand)
}

/** The name of what a sign is about, where that is a brand; else as the server calls it. */
export function useScopeName(): (scope: string) => WrittenText {
  const { brands } = useSystem()
  return (scope) => brands.find(({ id }) => id === scope)?.name ?? { en: scope, 'zh-CN': scope }
}
