/** What WeCom answers: an error's code, 0 for none, and what was asked for. */
export type PeerAnswer = Readonly<Record<string, unknown>> & { readonly errcode: number }

export const fault = (errcode: number, errmsg: string): PeerAnswer => ({ errcode, errmsg })

export const fine = (more: Readonly<Record<string, unknown>> = {}): PeerAnswer => ({
  errcode: 0,
  errmsg: 'ok',
  ...more,
})
