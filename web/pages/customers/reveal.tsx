import { Button, Tooltip } from 'antd'
import { Eye } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { revealAnswer, type revealAsked } from '../../../shared/api/addresses.ts'
import { api } from '../../api/client.ts'
import { useNotice } from '../../ui/useNotice.tsx'

type Kind = z.infer<typeof revealAsked>['kind']
type Shown = z.infer<typeof revealAnswer>['addresses']

interface Revealed {
  readonly shown: Readonly<Partial<Record<Kind, Shown>>>
  readonly reveal: (kind: Kind) => Promise<void>
}

const Revealing = createContext<Revealed>({ shown: {}, reveal: async () => undefined })

/** What has been asked for of one customer is shown until the page is left, and kept nowhere. */
export function RevealOf({ customer, children }: { customer: string; children: ReactNode }) {
  const notice = useNotice()
  const [shown, setShown] = useState<Revealed['shown']>({})
  const value = useMemo(
    () => ({
      shown,
      reveal: async (kind: Kind) => {
        try {
          const path = `/customers/${encodeURIComponent(customer)}/reveal`
          const { addresses } = await api.post(path, revealAnswer, { kind })
          setShown((before) => ({ ...before, [kind]: addresses }))
        } catch (problem) {
          notice.problem(problem)
        }
      },
    }),
    [shown, customer, notice],
  )
  return <Revealing value={value}>{children}</Revealing>
}

/** An address by its seal, or the one in use: whole once it was asked for, masked with a way to ask before. */
export function Contact({ kind, masked, sealed }: { kind: Kind; masked: string; sealed?: string | null }) {
  const { t } = useTranslation('customers')
  const { shown, reveal } = useContext(Revealing)
  const [busy, setBusy] = useState(false)
  const whole = shown[kind]?.find(({ ref, used }) => (sealed == null ? used : ref === sealed))?.address
  if (whole !== undefined) return kind === 'email' ? <Mailbox address={whole} /> : whole
  const show = async () => {
    setBusy(true)
    await reveal(kind)
    setBusy(false)
  }
  return (
    <>
      {kind === 'email' ? <Mailbox address={masked} /> : masked}{' '}
      <Tooltip title={t('reveal.logged')}>
        <Button
          type="text"
          size="small"
          loading={busy}
          icon={<Eye size={14} aria-hidden />}
          aria-label={t(`reveal.${kind}`)}
          onClick={() => void show()}
          data-testid={`reveal-${kind}`}
        />
      </Tooltip>
    </>
  )
}

/** A long mailbox breaks where its parts meet. */
function Mailbox({ address }: { address: string }) {
  const [name, ...host] = address.split('@')
  if (host.length === 0) return address
  return (
    <>
      {name}
      <wbr />@{host.join('@')}
    </>
  )
}
