import { z } from 'zod'

/** Fields that several channels' settings have. */

export const secret = z.string().min(16, 'at least 16 characters').max(500)

export const httpUrl = z.url({ protocol: /^https?$/ }).max(2000)

/** Lets a channel reach addresses that are not public. */
export const allowPrivate = z.boolean().default(false)
