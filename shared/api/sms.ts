import { z } from 'zod'
import { smsProviderIds } from '../channels/sms/providers.ts'
import { smsRegister, smsTemplate } from '../channels/sms/register.ts'

/** GET /settings/sms: what is registered with the provider that is chosen. */
export const smsAnswer = z.object({
  provider: z.enum(smsProviderIds),
  registered: z.boolean().describe('Whether it takes registered templates alone'),
  hook: z
    .string()
    .nullable()
    .describe(
      'Where it pushes reports and replies: to be copied into its console. null: it signs what it reports',
    ),
  abroad: z.boolean().describe('Whether numbers abroad are written to: by a gateway beside the provider'),
  ...smsRegister.shape,
})
export type SmsAnswer = z.output<typeof smsAnswer>

/** PUT /settings/sms/templates/:code */
export const smsTemplateSave = smsTemplate.omit({ code: true, byHand: true })
