import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, InputNumber, Segmented, Switch, Tag } from 'antd'
import {
  BellRing,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquareText,
  MessagesSquare,
  Webhook,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { channelSettingsAnswer, channelTest } from '../../../shared/api/settings.ts'
import type { FieldKind, FormField } from '../../../shared/channels/form.ts'
import { type ChannelId, isChannelId } from '../../../shared/channels/index.ts'
import { isSmsProvider, smsProvider, smsProviderIds } from '../../../shared/channels/sms/providers.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { CardsSkeleton } from '../../ui/Skeletons.tsx'
import { useFilters } from '../../ui/useFilters.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { HaltNotices } from '../HaltNotices.tsx'
import { PauseNotices } from '../PauseNotices.tsx'
import { useTakeAway } from '../useTakeAway.tsx'
import { askedFields, type ChannelField, fieldsFor, placeOf, savedFields } from './channel-fields.ts'
import { DkimPanel } from './DkimPanel.tsx'
import { SecretPlaceHint } from './SecretPlaceHint.tsx'
import { SendgridGuide } from './SendgridGuide.tsx'
import { SettingFaults } from './SettingFaults.tsx'
import styles from './SettingsPage.module.css'
import { SmsRegister } from './sms/SmsRegister.tsx'
import { SmsSteps } from './sms/SmsSteps.tsx'
import { Test, Verdict } from './Test.tsx'
import { WechatGuide } from './WechatGuide.tsx'
import { WecomGuide } from './WecomGuide.tsx'

type ChannelState = z.output<typeof channelSettingsAnswer>['channels'][number]
type Kept = ChannelState['secrets'][string]
const path = '/settings/channels'

/** How messages leave: each channel, whether it is set up, its settings, a test. */
export function ChannelsTab() {
  const { t } = useTranslation('settings')
  const query = useApiQuery(path, channelSettingsAnswer)
  const sandbox = useBrand()?.sandbox ?? false
  const [{ channel: asked }] = useFilters(['channel'])
  return (
    <Loaded query={query} skeleton={<CardsSkeleton cards={3} />}>
      {({ channels }) => (
        <>
          <SettingFaults setting="channels" />
          {sandbox ? <Alert type="info" showIcon title={t('channels.about')} /> : null}
          {channels.map((channel) => (
            <ChannelCard key={channel.id} channel={channel} unfolded={channel.id === asked} />
          ))}
        </>
      )}
    </Loaded>
  )
}

const icons: Readonly<Record<ChannelId, LucideIcon>> = {
  sms: MessageSquareText,
  wecom: MessageCircle,
  wechat: MessagesSquare,
  email: Mail,
  in_app: BellRing,
  webhook: Webhook,
}
const colours = { sandbox: 'processing', real: 'success', absent: 'default' } as const

function ChannelCard({ channel, unfolded }: { channel: ChannelState; unfolded: boolean }) {
  const { t } = useTranslation('settings')
  const [open, setOpen] = useState(unfolded)
  const name = useChannelName()
  const format = useFormat()
  const { id, transport, detail } = channel
  const shown = fieldsFor(id)
  // Nothing leaves by it at all; of webhooks a single address may rest.
  const rests = channel.halts.some(({ endpoint }) => endpoint === '')
  const Icon = isChannelId(id) ? icons[id] : MessageSquareText
  return (
    <Panel>
      <div className={styles.channel} data-testid={`channel-${id}`}>
        <Icon size={18} strokeWidth={1.7} aria-hidden />
        <div className={styles.channelName}>
          <strong>{name(id)}</strong>
          {rests ? null : <span>{format.text(detail)}</span>}
        </div>
        <Tag color={rests ? 'error' : colours[transport]}>
          {rests ? t('channels.rests') : t(`channels.transports.${transport}`)}
        </Tag>
        {shown.length > 0 ? (
          <Button onClick={() => setOpen(!open)} aria-expanded={open} data-testid={`edit-${id}`}>
            {open ? t('channels.fold') : t('channels.edit')}
          </Button>
        ) : null}
      </div>
      <PauseNotices only={id} />
      <HaltNotices halts={channel.halts} />
      {open ? (
        <div className={styles.fields}>
          {id === 'wecom' ? <WecomGuide /> : null}
          {id === 'wechat' ? <WechatGuide /> : null}
          <ChannelForm key={JSON.stringify(channel)} channel={channel} shown={shown} />
          {id === 'email' && typeof channel.fields.from === 'string' ? (
            <>
              <DkimPanel from={channel.fields.from} />
              <SendgridGuide />
            </>
          ) : null}
          {id === 'sms' ? <SmsRegister /> : null}
        </div>
      ) : null}
    </Panel>
  )
}

type Written = Partial<Record<ChannelField, string | number | boolean | null>>

function ChannelForm({
  channel,
  shown,
}: {
  channel: ChannelState
  shown: readonly FormField<ChannelField>[]
}) {
  const { t } = useTranslation('settings')
  const notice = useNotice()
  const takeAway = useTakeAway()
  const name = useChannelName()
  const { id, fields: saved, secretsSet, secrets } = channel
  // Settings of the first releases name no provider.
  const fields = id === 'sms' ? { ...saved, provider: saved.provider ?? 'gateway' } : saved
  const [form] = Form.useForm<Written>()
  const typed = { ...fields, ...Form.useWatch([], form) }
  const asked = askedFields(id, shown, typed)
  const save = useMutation({
    mutationFn: (written: Written) =>
      api.put(`${path}/${id}`, channelSettingsAnswer, savedFields(asked, written)),
    onSuccess: async () => {
      notice.done(t('saved'))
      await refresh('/settings/')
    },
  })
  const clear = useMutation({
    mutationFn: () =>
      takeAway(
        {
          title: t('channels.used.title', { channel: name(id) }),
          about: t('channels.used.text'),
          despite: t('channels.used.ok'),
        },
        (despite) => api.delete(`${path}/${id}?running=${despite ? 'keep-waiting' : 'refuse'}`, z.unknown()),
      ),
    onSuccess: async (gone) => {
      if (!gone) return
      notice.done(t('channels.cleared'))
      await refresh('/settings/')
    },
    onError: notice.problem,
  })
  const set = secretsSet.length > 0 || Object.values(saved).some((value) => value !== null)
  return (
    <Form<Written>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={fields}
      autoComplete="off"
      onFinish={(written) => save.mutate(written)}
    >
      {save.error ? (
        <div className={styles.problem}>
          <ProblemAlert problem={asProblem(save.error)} />
        </div>
      ) : null}
      {asked.flatMap((field) =>
        field.kind === 'choice' ? [<ChoiceItem key={field.name} name={field.name} />] : [],
      )}
      {id === 'sms' ? <SmsSteps provider={typed.provider} /> : null}
      <div className={styles.two}>
        {asked.map((field) =>
          field.kind === 'choice' ? null : (
            <FieldItem
              key={field.name}
              field={field}
              provider={id === 'sms' ? typed.provider : null}
              isSet={secretsSet.includes(field.name)}
              secret={secrets[field.name]}
              now={placeOf(id, field.name, typed)}
            />
          ),
        )}
      </div>
      <div className={styles.actions}>
        <Button type="primary" htmlType="submit" loading={save.isPending} data-testid={`save-${id}`}>
          {t('save')}
        </Button>
        <ChannelTest url={`${path}/${id}/test`} />
        {set ? (
          <Button type="text" danger loading={clear.isPending} onClick={() => clear.mutate()}>
            {t('channels.clear')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}

const hinted = ['host', 'port', 'from', 'url', 'secret'] as const

interface Asked {
  placeholder: string | undefined
  isSet: boolean
  empty: string
  kept: string
}

/** What each kind of field is written into; a switch has its value under another name. */
const inputs: Readonly<Record<FieldKind, (asked: Asked) => ReactNode>> = {
  text: ({ placeholder }) => <Input {...(placeholder && { placeholder })} />,
  number: ({ placeholder }) => (
    <InputNumber
      min={1}
      max={65_535}
      precision={0}
      style={{ width: '100%' }}
      {...(placeholder && { placeholder })}
    />
  ),
  switch: () => <Switch />,
  choice: () => null,
  secret: ({ placeholder, isSet, empty, kept }) => (
    <Input.Password autoComplete="new-password" placeholder={isSet ? kept : (placeholder ?? empty)} />
  ),
}

const valueNames: Readonly<Record<FieldKind, string>> = {
  text: 'value',
  number: 'value',
  switch: 'checked',
  choice: 'value',
  secret: 'value',
}

/** Who carries the messages: what else is asked for follows from it. */
function ChoiceItem({ name }: { name: ChannelField }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <Form.Item name={name} label={t(`channels.fields.${name}`)}>
      <Segmented
        data-testid={`choice-${name}`}
        options={smsProviderIds.map((id) => ({ value: id, label: format.text(smsProvider(id).name) }))}
      />
    </Form.Item>
  )
}

/** Fields that are called otherwise beside some provider. */
const renamed = ['keyId', 'keySecret', 'url', 'secret'] as const

/** What a field is called: each provider has its own words for its keys, and a gateway beside one is for abroad. */
function useFieldLabel(provider: unknown): (name: ChannelField) => string {
  const { t } = useTranslation('settings')
  return (name) => {
    const own = renamed.find((one) => one === name)
    if (own === undefined || !isSmsProvider(provider) || provider === 'gateway')
      return t(`channels.fields.${name}`)
    return t(`channels.smsFields.${provider}.${own}`)
  }
}

interface FieldItemProps {
  field: FormField<ChannelField>
  /** The provider of text messages that is chosen; null of other channels. */
  provider: unknown
  isSet: boolean
  /** What is known of a secret that was given, and where it would be handed over by what is written here. */
  secret: Kept | undefined
  now: string | null
}

function FieldItem({ field, provider, isSet, secret, now }: FieldItemProps) {
  const { t } = useTranslation('settings')
  const labelOf = useFieldLabel(provider)
  const { name, kind } = field
  const cloud = isSmsProvider(provider) && provider !== 'gateway'
  const known = cloud ? undefined : hinted.find((each) => each === name)
  const asked = {
    placeholder:
      cloud && name === 'endpoint'
        ? (smsProvider(provider).endpoint ?? undefined)
        : known === undefined
          ? undefined
          : t(`channels.placeholders.${known}`),
    isSet,
    empty: t('channels.secretUnset'),
    kept: t('channels.secretSet'),
  }
  return (
    <Form.Item
      name={name}
      label={labelOf(name)}
      valuePropName={valueNames[kind]}
      {...(secret !== undefined && { extra: <SecretPlaceHint secret={secret} now={now} /> })}
    >
      {inputs[kind](asked)}
    </Form.Item>
  )
}

/** Asks a channel's provider whether the saved settings work, and shows its answer beneath. */
function ChannelTest({ url }: { url: string }) {
  const { t } = useTranslation('settings')
  const test = useMutation({ mutationFn: () => api.post(url, channelTest) })
  const { data } = test
  return (
    <Test words="channels" test={test}>
      {data === undefined ? null : (
        <Verdict
          ok={data.ok}
          title={t(data.ok ? 'channels.testOk' : 'channels.testFailed')}
          detail={data.detail}
        />
      )}
    </Test>
  )
}
