import { useCallback } from 'react'
import { useStore } from 'zustand'
import { chosenBrand } from './brand.ts'

/** Addresses of pages of the brand that is shown: `path('customers/M1')`. */
export function useBrandPath(): (path: string) => string {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useCallback((path) => `/${brand}/${path}`, [brand])
}
