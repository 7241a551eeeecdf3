import type { Invitations, JoinAnswer, KeptReferral, PersonalLink } from '../../../shared/api/referrals.ts'
import type { TestApp } from './harness.ts'

export const handset = {
  'user-agent':
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
}

export const programme = {
  key: 'friends',
  name: { 'zh-CN': '老带新', en: 'Friends' },
  asks: 'join',
  invited: { tag: '受邀' },
  inviter: { tag: '邀请人' },
}

/** What people and their inviters do with a programme, over HTTP. */
export function invitedBy(server: TestApp) {
  const rows = <T>(sql: string, ...given: readonly unknown[]) =>
    server.db.sqlite.prepare(sql).all(...given) as T[]
  return {
    rows,
    save: (more: object = {}, revision: number | null = null) =>
      server.ask<KeptReferral>('PUT', '/referrals/friends', {
        referral: { ...programme, ...more },
        revision,
      }),
    linkOf: async (customerId: string) =>
      (await server.ask<PersonalLink>('POST', '/referrals/friends/links', { customerId })).body,
    open: (code: string, headers: Readonly<Record<string, string>> = handset) =>
      server.ask<string>('GET', `/r/${code}`, undefined, headers),
    leave: (code: string, phone: string, more: Readonly<Record<string, string>> = { agree: 'yes' }) =>
      server.ask<string>('POST', `/r/${code}`, new URLSearchParams({ phone, ...more }).toString(), {
        ...handset,
        'content-type': 'application/x-www-form-urlencoded',
      }),
    join: (code: string, customerId: string, isNew = true) =>
      server.ask<JoinAnswer>('POST', '/referrals/joins', { code, customerId, isNew }),
    list: async (state = '') =>
      (await server.ask<Invitations>('GET', `/referrals/friends/invitations${state && `?state=${state}`}`))
        .body.invitations,
    decide: (id: string, accept: boolean) =>
      server.ask('POST', `/referrals/friends/invitations/${id}/decision`, { accept }),
    figures: async () => (await server.ask<KeptReferral>('GET', '/referrals/friends')).body.figures,
    settle: () => server.own.settle(),
    eventsOf: (customer: string) =>
      rows<{ name: string; properties: string }>(
        `select name, properties from events where customer_id = ? and name like 'referral%' order by seq`,
        customer,
      ).map(({ name, properties }) => ({ name, ...(JSON.parse(properties) as Record<string, unknown>) })),
    tagsOf: (customer: string) =>
      rows<{ tag: string }>('select tag from tags where customer_id = ? order by tag', customer).map(
        ({ tag }) => tag,
      ),
    customerBy: (phone: string) =>
      rows<{ id: string }>('select id from customers where phone = ?', phone)[0]?.id ?? null,
  }
}
