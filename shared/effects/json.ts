/** What a trace keeps of the values seen. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
