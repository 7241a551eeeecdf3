import { createStore } from 'zustand/vanilla'

/** Whether the server refused a request for want of a session; the login page then takes the screen. */
export const signedOut = createStore<{ signedOut: boolean }>()(() => ({ signedOut: false }))
