import { createStore } from 'zustand/vanilla'

/** Whose messages are previewed: the same customer in the inspector and in the preview, null the first one. */
export const previewCustomer = createStore<{ id: string | null }>()(() => ({ id: null }))
