import type { z } from 'zod'
import type { SmsAnswer, smsTemplateSave } from '../../shared/api/sms.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { isSmsProvider, type SmsProvider, smsProvider } from '../../shared/channels/sms/providers.ts'
import { emptyRegister, smsTemplate, synchronised } from '../../shared/channels/sms/register.ts'
import { Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import type { SettingsDesk } from './desk.ts'

/** The provider that text messages leave by. */
async function chosen({ stores }: SettingsDesk): Promise<SmsProvider> {
  const { sms } = await stores.settings.channels()
  return isSmsProvider(sms?.provider) ? sms.provider : 'gateway'
}

/** The same, where it registers templates; Problem `sms-free-text` where it takes any text. */
async function registering(desk: SettingsDesk): Promise<SmsProvider> {
  const provider = await chosen(desk)
  if (smsProvider(provider).templates === null) throw new Problem('sms-free-text')
  return provider
}

/** What is registered with the provider; `hookOf` says where it pushes its reports. */
export async function readSms(
  desk: SettingsDesk,
  hookOf: (provider: SmsProvider) => string,
): Promise<SmsAnswer> {
  const provider = await chosen(desk)
  const { sms } = await desk.stores.settings.channels()
  const abroad = provider === 'gateway' || typeof sms?.url === 'string'
  const registers = await desk.stores.settings.smsRegisters()
  const registered = smsProvider(provider).templates !== null
  const hook = registered ? hookOf(provider) : null
  return { provider, registered, hook, abroad, ...(registers[provider] ?? emptyRegister) }
}

/**
 * Reads the provider's templates and signatures; what was typed by hand stays. Problems `sms-free-text`,
 * `channel-absent`, `sms-register-unread`.
 */
export async function synchroniseSms(desk: SettingsDesk, actor: Actor): Promise<number> {
  const provider = await registering(desk)
  const channel = desk.channels().get('sms')
  if (channel?.registered === undefined) throw new Problem('channel-absent', { channel: 'sms' }, 'sms')
  const found = await channel.registered()
  const act = desk.act(actor)
  await desk.stores.settings.saveSmsRegister(
    act,
    provider,
    (before) => synchronised(before, found, act.at),
    'synchronised',
  )
  await desk.reconfigure('brand')
  return found.templates.length
}

export interface TypedTemplate {
  readonly code: string
  readonly template: z.output<typeof smsTemplateSave>
}

/** Types a template, or says more of one that was synchronised. Problem `sms-free-text`. */
export async function saveSmsTemplate(
  desk: SettingsDesk,
  actor: Actor,
  { code, template }: TypedTemplate,
): Promise<void> {
  const provider = await registering(desk)
  const parsed = smsTemplate.safeParse({ ...template, code, byHand: true })
  if (!parsed.success) throw new InvalidInput(parsed.error)
  const saved = parsed.data
  await desk.stores.settings.saveSmsRegister(
    desk.act(actor),
    provider,
    (before) => {
      const known = before.templates.find((one) => one.code === saved.code)
      const next = { ...saved, byHand: known?.byHand ?? true }
      const others = before.templates.filter((one) => one.code !== saved.code)
      return { ...before, templates: [...others, next] }
    },
    'template_saved',
  )
  await desk.reconfigure('brand')
}

/** Problems `sms-free-text`, `not-found`. */
export async function removeSmsTemplate(desk: SettingsDesk, actor: Actor, code: string): Promise<void> {
  const provider = await registering(desk)
  await desk.stores.settings.saveSmsRegister(
    desk.act(actor),
    provider,
    (before) => {
      const templates = before.templates.filter((one) => one.code !== code)
      if (templates.length === before.templates.length) throw new Problem('not-found', { what: code }, 'code')
      return { ...before, templates }
    },
    'template_removed',
  )
  await desk.reconfigure('brand')
}
