import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Monitor, Smartphone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SessionList } from '../../../shared/api/system.ts'
import { queryClient } from '../../api/query.ts'
import { endSession, sessionsQuery, signOutEverywhere } from '../../api/session.ts'
import { sayAgent } from '../../ui/agent.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Panel } from '../../ui/Page.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './LoginsTab.module.css'
import pageStyles from './SettingsPage.module.css'

type Login = SessionList['sessions'][number]

interface Ending {
  title: string
  text: string
  ok: string
  /** What is said afterwards; null where this login ends too. */
  done: string | null
  end: () => Promise<void>
}

/** Asks, ends one login or several, and shows who is left. */
function useEnding(): (ending: Ending) => void {
  const { t } = useTranslation('common')
  const { modal } = App.useApp()
  const notice = useNotice()
  return ({ title, text, ok, done, end }) => {
    const onOk = async () => {
      try {
        await end()
      } catch (error) {
        notice.problem(error)
        await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
        return
      }
      // Begins anew, with nothing of what was read in the browser's memory.
      if (done === null) return window.location.replace('/')
      notice.done(done)
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    }
    void modal.confirm({
      title,
      content: text,
      okText: ok,
      cancelText: t('cancel'),
      okButtonProps: { danger: true },
      onOk,
    })
  }
}

/** Who is logged in to the installation, and how to end it. */
export function LoginsTab() {
  const { t } = useTranslation('settings')
  const query = useQuery(sessionsQuery)
  return (
    <Loaded query={query} skeleton={<TableSkeleton rows={3} />}>
      {({ sessions }) => {
        const others = sessions.filter(({ current }) => !current).length
        return (
          <Panel title={t('tabs.logins')} extra={<Ways others={others} />}>
            <p className={pageStyles.about}>{t('logins.about')}</p>
            <ul className={styles.list}>
              {sessions.map((login) => (
                <Row key={login.id} login={login} />
              ))}
            </ul>
            {others > 0 ? null : (
              <p className={styles.none}>{t(sessions.length === 0 ? 'logins.none' : 'logins.alone')}</p>
            )}
          </Panel>
        )
      }}
    </Loaded>
  )
}

function Ways({ others }: { others: number }) {
  const { t } = useTranslation('settings')
  const ask = useEnding()
  const endOthers = () =>
    ask({
      title: t('logins.othersTitle'),
      text: t('logins.othersText', { count: others }),
      ok: t('logins.others'),
      done: t('logins.othersEnded'),
      end: () => signOutEverywhere('current'),
    })
  const endAll = () =>
    ask({
      title: t('logins.allTitle'),
      text: t('logins.allText'),
      ok: t('logins.all'),
      done: null,
      end: () => signOutEverywhere('none'),
    })
  return (
    <div className={styles.ways}>
      <Button disabled={others === 0} onClick={endOthers} data-testid="end-others">
        {t('logins.others')}
      </Button>
      <Button danger onClick={endAll} data-testid="end-all">
        {t('logins.all')}
      </Button>
    </div>
  )
}

function Row({ login: { id, current, openedAt, seenAt, endsAt, address, agent } }: { login: Login }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const ask = useEnding()
  const name = sayAgent(agent ?? '') || t('logins.unknown')
  const facts = [
    address === '' ? null : address,
    openedAt === null ? null : t('logins.opened', { at: format.time(openedAt) }),
  ]
  const times = [
    current || seenAt === null ? null : t('logins.seen', { at: format.time(seenAt) }),
    t('logins.ends', { at: format.time(endsAt) }),
  ]
  const said = (parts: readonly (string | null)[]) => parts.filter((part) => part !== null).join(' · ')
  const end = () =>
    ask({
      title: current ? t('logins.endOwnTitle') : t('logins.endTitle', { name }),
      text: t(current ? 'logins.endOwnText' : 'logins.endText'),
      ok: t('logins.end'),
      done: current ? null : t('logins.ended'),
      end: () => endSession(id),
    })
  const Icon = /iPhone|Android|HarmonyOS/.test(name) ? Smartphone : Monitor
  return (
    <li className={styles.login} data-testid={current ? 'login-current' : 'login-other'}>
      <span className={styles.icon}>
        <Icon size={18} strokeWidth={1.6} aria-hidden />
      </span>
      <div className={styles.facts}>
        <strong title={agent ?? ''}>{name}</strong>
        {current ? <StatusDot tone="good">{t('logins.current')}</StatusDot> : null}
        <small>{said(facts)}</small>
        <small>{said(times)}</small>
      </div>
      <Button type="text" danger onClick={end} aria-label={`${t('logins.end')} ${name}`}>
        {t('logins.end')}
      </Button>
    </li>
  )
}
