import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { billFaults } from './bill.mjs'
import { captured } from './processes.mjs'
import { readAudit, sayAudit } from './weaknesses.mjs'

const bill = z.looseObject({ components: z.array(z.looseObject({ name: z.string() })) })
const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))

describe('the bill of materials', () => {
  test('names every package of the lock file, each with its version, address and licence, and no other', async () => {
    const { code, output } = await captured('npm', [
      'sbom',
      '--sbom-format',
      'cyclonedx',
      '--package-lock-only',
    ])
    expect(code).toBe(0)
    const made = bill.parse(JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)))
    expect(billFaults(made, lock)).toEqual([])

    const [first, ...others] = made.components
    expect(billFaults({ ...made, components: others }, lock)).toEqual([
      expect.stringMatching(new RegExp(`${first?.name}@.+ is missing`)),
    ])
    const bare = { ...first, licenses: [], purl: '' }
    expect(billFaults({ ...made, components: [bare, ...others] }, lock)).toEqual([
      expect.stringContaining('has no address'),
      expect.stringContaining('has no licence'),
    ])
  }, 60_000)

  test('is no bill where it is of another format', () => {
    expect(billFaults({ spdxVersion: 'SPDX-2.3' }, lock)).toEqual(['it is no bill of materials in CycloneDX'])
  })
})

describe('known weaknesses', () => {
  const report = (vulnerabilities: object) =>
    JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { dependencies: { total: 492 } } })
  const grave = {
    name: 'leftpad',
    severity: 'high',
    isDirect: false,
    fixAvailable: { name: 'pad', version: '2.0.0' },
  }

  test('none are told as such', () => {
    expect(sayAudit(readAudit(report({})))).toEqual({
      code: 0,
      lines: ['No weakness is known of 492 packages.'],
    })
  })

  test('each is told with its way out, and a grave one fails', () => {
    expect(sayAudit(readAudit(report({ leftpad: grave })))).toEqual({
      code: 1,
      lines: ['high: leftpad (through another), mended by pad 2.0.0'],
    })
    const slight = { ...grave, severity: 'low', isDirect: true, fixAvailable: false }
    expect(sayAudit(readAudit(report({ leftpad: slight })))).toEqual({
      code: 0,
      lines: ['low: leftpad, no version without it yet'],
    })
  })

  test.each([
    [
      'a registry that knows no such question',
      'npm warn audit 405 Method Not Allowed\n{"message": "405 Method Not Allowed"}',
    ],
    ['no registry at all', '{"error": {"summary": "request failed, reason: getaddrinfo ENOTFOUND"}}'],
    ['words that are no JSON', 'npm error code ENOLOCK'],
  ])('%s is said to be silent, and is no all-clear', (_what, output) => {
    const { code, lines } = sayAudit(readAudit(output))
    expect(code).toBe(2)
    expect(lines[0]).toMatch(/No registry answers here/)
  })
})
