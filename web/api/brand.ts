import { createStore } from 'zustand/vanilla'
import type { BrandId } from '../../shared/api/system.ts'

/**
 * The brand that the address names. Routes set it before they render, so a request made by a page goes to
 * the brand that the reader sees.
 */
export const chosenBrand = createStore<{ brand: BrandId }>()(() => ({ brand: 'demo' }))
