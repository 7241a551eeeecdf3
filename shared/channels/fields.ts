import { z } from 'zod'
import { limits } from '../limits.ts'

/** Fields that several channels' settings have. */

export const secret = z.string().min(16, 'at least 16 characters').max(limits.secretLength.value)

export const httpUrl = z.url({ protocol: /^https?$/ }).max(limits.urlLength.value)

/** Lets a channel reach addresses that are not public. */
export const allowPrivate = z.boolean().default(false)
