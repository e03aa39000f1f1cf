import { ko } from '@hems/shared/i18n/ko';
import { ko as koErrors } from '@hems/shared/i18n/ko/errors';
import { ko as koSettings } from '@hems/shared/i18n/ko/settings';
import { aSession } from '@hems/shared/testing/answers';
import { someEquipment, someMembers } from '@hems/shared/testing/joining-answers';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PAGE_NAMES } from '../settings/pages.ts';
import { atTheTimeOfTheAnswers, card, expectCard } from '../testing/cards.ts';
import { fakeService, refusal } from '../testing/fake-service.ts';
import { openApp } from '../testing/open-app.tsx';

atTheTimeOfTheAnswers();

const PATH = '/households/home-1/settings';
const { members, devices } = koSettings;
const [HOME] = aSession().households;
const TOKEN = 'T'.repeat(43);

const write = (label: string, value: string): void => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const press = (name: string, within_: HTMLElement = document.body): void => {
  fireEvent.click(within(within_).getByRole('button', { name }));
};
/** Asked once more, and answered yes. */
const pressTwice = (name: string): void => {
  press(name);
  press(koSettings.confirm, screen.getByRole('region', { name }));
};

describe('the settings of a home', () => {
  it('list its pages and those of the person', async () => {
    fakeService();
    openApp(PATH);
    const home = await screen.findByRole('navigation', { name: koSettings.home });
    const links = within(home).getAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/households/home-1/onboarding',
      ...PAGE_NAMES.map((page) => `${PATH}/${page}`),
    ]);
    const me = screen.getByRole('navigation', { name: koSettings.me });
    expect(within(me).getAllByRole('link')[0]?.getAttribute('href')).toBe('/account');
  });

  it('have no page of another name', async () => {
    fakeService();
    openApp(`${PATH}/nonsense`);
    expect(await screen.findByRole('heading', { name: '없는 페이지예요' })).toBeDefined();
  });

  it.each([
    ['members', members.title],
    ['devices', devices.title],
  ])('%s has each state of a card', async (page, title) => {
    const answers = fakeService({ members: 'silent', gateways: 'silent' });
    openApp(`${PATH}/${page}`);
    await expectCard(title, 'loading');
    expect(answers.done).toEqual([]);
  });

  it.each([
    ['members', members.title, 500, 'error'],
    ['members', members.title, 'down', 'offline'],
    ['members', members.title, 403, 'no-permission'],
    ['devices', devices.title, 500, 'error'],
    ['devices', devices.title, 'down', 'offline'],
    ['devices', devices.title, 403, 'no-permission'],
  ] as const)('%s (%s) with an answer %s is %s', async (page, title, answer, state) => {
    fakeService({ members: answer, gateways: answer });
    openApp(`${PATH}/${page}`);
    await expectCard(title, state);
  });
});

describe('the members of a home', () => {
  it('are told with their roles, oneself first; the last owner reads what comes before leaving', async () => {
    fakeService();
    openApp(`${PATH}/members`);
    const list = await expectCard(members.title, 'ready');
    const names = within(list).getAllByRole('listitem');
    expect(names[0]?.textContent).toContain(`이바다 (${members.self})${members.role.owner}`);
    expect(card(members.leaving).textContent).toContain(members.lastOwner);
    expect(within(card(members.leaving)).queryByRole('button')).toBeNull();
  });

  it('are invited by address and role; the link is shown once', async () => {
    const [open] = someMembers().invitations;
    const answers = fakeService({ invitations: { invitation: open, token: TOKEN } });
    openApp(`${PATH}/members`);
    await expectCard(members.title, 'ready');
    press(members.send);
    expect(screen.getByRole('alert').textContent).toBe(members.emailHint);
    write(members.email, 'guest@example.com');
    fireEvent.change(within(card(members.invite)).getByLabelText(members.roleLabel), { target: { value: 'viewer' } });
    press(members.send);
    expect(await screen.findByDisplayValue(`${location.origin}/invitations#${TOKEN}`)).toBeDefined();
    expect(screen.getByText(members.linkOnce)).toBeDefined();
    expect(answers.done).toEqual(['POST invitations {"email":"guest@example.com","role":"viewer"}']);
  });

  it('become owners after a second word, and then the first may leave', async () => {
    const both = someMembers({
      members: someMembers().members.map((member) => ({ ...member, role: 'owner' as const })),
    });
    const answers = fakeService({ member: both });
    const { router } = openApp(`${PATH}/members`);
    await expectCard(members.title, 'ready');
    fireEvent.change(screen.getByLabelText(members.roleOf('김하늘')), { target: { value: 'owner' } });
    answers.members = both;
    pressTwice(koSettings.save);
    await waitFor(() => expect(within(card(members.leaving)).getByRole('button')).toBeDefined());
    answers.member = {};
    answers.session = aSession({ households: [{ ...HOME!, householdId: 'home-2' }] });
    pressTwice(members.leave);
    await waitFor(() => expect(router.state.location.pathname).toBe('/households/home-2'));
    expect(answers.done).toEqual(['PUT member {"role":"owner"}', 'DELETE member']);
  });

  it('keep no tabs of a home that they have left', async () => {
    const both = someMembers({
      members: someMembers().members.map((member) => ({ ...member, role: 'owner' as const })),
    });
    const answers = fakeService({ members: both, member: {} });
    const { router } = openApp(`${PATH}/members`);
    await expectCard(members.title, 'ready');
    expect(screen.getByRole('navigation', { name: ko.nav.label })).toBeDefined();
    answers.session = aSession({ households: [] });
    pressTwice(members.leave);
    await waitFor(() => expect(router.state.location.pathname).toBe('/join'));
    fireEvent.click(await screen.findByRole('link', { name: ko.nav.settings }));
    await screen.findByRole('heading', { level: 1, name: koSettings.accountPage.title });
    expect(screen.queryByRole('navigation', { name: ko.nav.label })).toBeNull();
  });

  it('cannot all leave: the service says so in words', async () => {
    const both = someMembers({
      members: someMembers().members.map((member) => ({ ...member, role: 'owner' as const })),
    });
    fakeService({ members: both, member: refusal(409, 'last-owner') });
    openApp(`${PATH}/members`);
    await expectCard(members.title, 'ready');
    pressTwice(members.leave);
    expect((await screen.findByRole('alert')).textContent).toBe(`${koSettings.failed} ${koErrors['last-owner']}`);
  });

  it('who are no owners see the others, and change nobody', async () => {
    const asMember = someMembers({
      members: [
        { personId: 'resident-1', name: '이바다', role: 'member', isSelf: true },
        { personId: 'resident-2', name: '김하늘', role: 'owner', isSelf: false },
      ],
      invitations: [],
    });
    fakeService({ members: asMember });
    openApp(`${PATH}/members`);
    await expectCard(members.title, 'ready');
    expect(screen.getByText(members.onlyOwners)).toBeDefined();
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.queryByRole('region', { name: members.invite })).toBeNull();
  });

  it('withdraw an invitation that nobody has accepted', async () => {
    const answers = fakeService({ invitation: someMembers({ invitations: [] }) });
    openApp(`${PATH}/members`);
    await expectCard(members.title, 'ready');
    answers.members = someMembers({ invitations: [] });
    pressTwice(members.withdraw);
    expect(await screen.findByText(members.noInvitations)).toBeDefined();
    expect(answers.done).toEqual(['DELETE invitation']);
  });
});

describe('the devices of a home', () => {
  it('stand under their gateway, with when each was last heard', async () => {
    fakeService();
    openApp(`${PATH}/devices`);
    const gateway = await expectCard(devices.gateway('gw-1'), 'ready');
    expect(gateway.textContent).toContain(`${devices.presence.online} · 1시간 전`);
    expect(gateway.textContent).toContain(devices.firmware('1.4.2'));
    const rows = within(gateway).getAllByRole('listitem');
    expect(rows.map((row) => row.querySelector('p')?.textContent)).toEqual(['전력량계', '냉장고', '옛 계량기']);
    expect(rows[1]?.textContent).toContain(ko.neverSeen);
    expect(rows[2]?.textContent).toContain(devices.replaced);
    expect(within(rows[2]!).queryByRole('button')).toBeNull();
  });

  it('are empty without a gateway, and say how to add one', async () => {
    fakeService({ gateways: someEquipment({ gateways: [], devices: [] }) });
    openApp(`${PATH}/devices`);
    expect((await expectCard(devices.title, 'empty')).textContent).toContain(devices.empty.title);
    expect(card(devices.add)).toBeDefined();
  });

  it('warn of a certificate that is used twice, and are cut off after a second word', async () => {
    const [gateway] = someEquipment().gateways;
    const doubled = { ...gateway!, isDoubled: true, presence: 'offline' as const };
    const answers = fakeService({ gateways: someEquipment({ gateways: [doubled] }), revocations: someEquipment() });
    openApp(`${PATH}/devices`);
    await screen.findByText(devices.doubled);
    expect(screen.getByText(devices.offline(1))).toBeDefined();
    answers.gateways = someEquipment({ gateways: [{ ...doubled, status: 'revoked' }] });
    pressTwice(devices.revoke);
    expect(await screen.findByText(devices.revoked)).toBeDefined();
    expect(answers.done).toEqual(['POST revocations']);
    expect(screen.queryByText(devices.doubled)).toBeNull();
  });

  it('are renamed, replaced by another of their kind, and taken out of use', async () => {
    const [meter] = someEquipment().devices;
    const two = someEquipment({ devices: [meter!, { ...meter!, deviceId: 'meter-2', name: '새 계량기' }] });
    const answers = fakeService({ gateways: two, device: two, replacements: two, retirements: two });
    openApp(`${PATH}/devices`);
    const gateway = await expectCard(devices.gateway('gw-1'), 'ready');
    const [row] = within(gateway).getAllByRole('listitem');
    const first = within(row!);
    fireEvent.change(first.getByLabelText(devices.name), { target: { value: '현관 계량기' } });
    fireEvent.click(first.getByRole('button', { name: devices.rename }));
    fireEvent.click(first.getByRole('button', { name: devices.replace }));
    fireEvent.click(first.getByRole('button', { name: koSettings.confirm }));
    await waitFor(() => expect(answers.done).toHaveLength(2));
    expect(answers.done).toEqual(['PUT device {"name":"현관 계량기"}', 'POST replacements {"by":"meter-2"}']);
  });

  it('that count the energy are retired and replaced by an owner; a member names them, and retires a plug', async () => {
    const [meter] = someEquipment().devices;
    const equipment = someEquipment();
    const devicesOfTwo = [...equipment.devices, { ...meter!, deviceId: 'meter-2', name: '새 계량기' }];
    fakeService({
      session: aSession({ households: [{ ...HOME!, role: 'member' }] }),
      gateways: someEquipment({ devices: devicesOfTwo }),
    });
    openApp(`${PATH}/devices`);
    const rows = within(await expectCard(devices.gateway('gw-1'), 'ready')).getAllByRole('listitem');
    const [ofMeter, ofPlug] = rows.map((row) => within(row));
    expect(ofMeter!.getByRole('button', { name: devices.rename })).toBeDefined();
    expect(ofMeter!.queryByRole('button', { name: devices.retire })).toBeNull();
    expect(ofMeter!.queryByRole('button', { name: devices.replace })).toBeNull();
    expect(ofMeter!.getByText(devices.onlyOwner)).toBeDefined();
    expect(ofPlug!.getByRole('button', { name: devices.retire })).toBeDefined();
    expect(ofPlug!.queryByText(devices.onlyOwner)).toBeNull();
  });

  it('are only looked at by a viewer', async () => {
    fakeService({ session: aSession({ households: [{ ...HOME!, role: 'viewer' }] }) });
    openApp(`${PATH}/devices`);
    const gateway = await expectCard(devices.gateway('gw-1'), 'ready');
    expect(within(gateway).queryByRole('button')).toBeNull();
    expect(screen.queryByRole('region', { name: devices.add })).toBeNull();
  });
});
